namespace OperatorGen.TestKit;

/// <summary>What the norms of a random model are.</summary>
public enum NormKind
{
    /// <summary>LayerNorms.</summary>
    Layer,

    /// <summary>BatchNorms.</summary>
    Batch,

    /// <summary>Norms by the root mean square, of one group of channels or several.</summary>
    Rms,

    /// <summary>Norms by the length.</summary>
    Length,
}

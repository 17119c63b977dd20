namespace OperatorGen.TestKit;

/// <summary>What a random model makes of its mixed channels.</summary>
public enum UnitKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Value and argument are halves of the mixed channels.</summary>
    SplitGlu,

    /// <summary>The activated readout times a function of the mixed channels.</summary>
    HalfGluOfActivated,

    /// <summary>The readout times a function of the mixed channels.</summary>
    HalfGluOfReadout,

    /// <summary>A function of the mixed channels.</summary>
    FinalActivation,
}

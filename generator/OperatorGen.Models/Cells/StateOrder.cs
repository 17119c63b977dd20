namespace OperatorGen.Models;

/// <summary>The axes of a selective cell's state as upstream has them.</summary>
public enum StateOrder
{
    /// <summary>[cells, keys, values].</summary>
    KeysValues,

    /// <summary>[cells, values, keys].</summary>
    ValuesKeys,

    /// <summary>[cells, keys], of cells with one value.</summary>
    Keys,

    /// <summary>[cells], of cells with one key and one value.</summary>
    Cells,
}

namespace OperatorGen.Models;

/// <summary>Which state the read sees.</summary>
public enum ReadOrder
{
    /// <summary>S_t, after the update.</summary>
    PostUpdate,

    /// <summary>S_{t-1}, before the update.</summary>
    PreUpdate,
}

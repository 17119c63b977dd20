namespace OperatorGen.Safetensors;

/// <summary>Which tensor, and where in the file: the faults of elements.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Offset">The byte of the file at which its elements begin.</param>
internal readonly record struct TensorPlace(string Name, long Offset)
{
    internal SafetensorsException NotHeld(long index, int size, string value) => new(
        "element " + Messages.Digits(index) + " is " + value + ", which no double holds exactly.",
        Offset + (size * index),
        "Integers up to 2^53 can be widened: store the tensor with smaller values.",
        Name);

    internal SafetensorsException NotBoolean(long index, byte value) => new(
        "element " + Messages.Digits(index) + " is a BOOL with the byte " + Messages.Digits(value) + ".",
        Offset + index,
        "A BOOL is 0 or 1: write the file again, or store the tensor as U8.",
        Name);

    internal SafetensorsException NotSingle(long index, int size, string value, string advice) => new(
        "element " + Messages.Digits(index) + " is " + value + ".",
        Offset + (size * index),
        advice,
        Name);

    internal SafetensorsException Unread(string dtypeName) => new(
        "the dtype is '" + Messages.Name(dtypeName) + "'.",
        Offset,
        "Read are " + SafetensorsDTypes.Known + ": convert the tensor to one of them.",
        Name);
}

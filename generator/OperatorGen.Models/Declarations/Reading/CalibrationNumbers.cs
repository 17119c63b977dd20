using System.Linq;

namespace OperatorGen.Models;

/// <summary>Reads the numbers of a calibration's parts, which have one limit together.</summary>
internal sealed class CalibrationNumbers(JsonSource source)
{
    private readonly TensorReader _tensors = new(source, TensorLimit.Calibration);

    /// <summary>The numbers under a key; null where there is a fault.</summary>
    /// <param name="owner">The object that has the key.</param>
    /// <param name="name">The object in the words of a message.</param>
    /// <param name="key">The key.</param>
    public double[]? Read(JsonMember owner, string name, string key)
    {
        JsonMember? member = owner.Value.Members.FirstOrDefault(candidate => candidate.Name == key);
        if (member is null)
        {
            source.Faults.Add(FileFaults.MissingKey(key, name, "a tensor, as in 'tensors'", source.Places.Of(owner)));
            return null;
        }

        Tensor? tensor = _tensors.ReadTensor(member);
        if (tensor is { IsNumeric: false })
        {
            source.Wrong($"'{key}' of {name}", member.Value, "a tensor of numbers");
            return null;
        }

        return tensor?.Values.ToArray();
    }
}

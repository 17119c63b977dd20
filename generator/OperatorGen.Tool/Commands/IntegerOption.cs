using System.CommandLine;
using System.Globalization;
using System.Linq;

namespace OperatorGen.Tool.Commands;

/// <summary>Options that take a whole number.</summary>
internal static class IntegerOption
{
    /// <summary>Makes an option; null where it is not given.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="description">What it does.</param>
    /// <param name="minimum">The smallest number that it takes.</param>
    public static Option<int?> Create(string name, string description, int minimum = int.MinValue) => new(name)
    {
        Description = description,
        CustomParser = result =>
        {
            string text = result.Tokens.Single().Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) && value >= minimum)
            {
                return value;
            }

            result.AddError($"{name} {text}: a whole number{(minimum == int.MinValue ? "" : $" of at least {minimum}")} is expected.");
            return null;
        },
    };
}

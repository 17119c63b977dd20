using System;
using System.CommandLine;
using System.Linq;

namespace OperatorGen.Tool.Commands;

/// <summary>Options that take one of some words.</summary>
internal static class WordOption
{
    /// <summary>Refuses every other word with a message that names the option.</summary>
    /// <typeparam name="T">The option's type.</typeparam>
    /// <param name="option">The option.</param>
    /// <param name="words">The words.</param>
    public static void AcceptWords<T>(this Option<T> option, params string[] words)
    {
        ArgumentNullException.ThrowIfNull(option);
        option.CompletionSources.Add(words);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Select(token => token.Value).FirstOrDefault(word => !words.Contains(word)) is { } wrong)
            {
                string[] quoted = [.. words.Select(word => $"'{word}'")];
                result.AddError($"{option.Name} {wrong}: {(words.Length == 1 ? "" : string.Join(", ", quoted[..^1]) + " or ")}{quoted[^1]} is expected.");
            }
        });
    }
}

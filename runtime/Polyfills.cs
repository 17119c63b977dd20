// The types that the C# compiler asks for by name and netstandard2.0 does not have.
#pragma warning disable CS1591
namespace System.Runtime.CompilerServices
{
    internal static class IsExternalInit
    {
    }
}

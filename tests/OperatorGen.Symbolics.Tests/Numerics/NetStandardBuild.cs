using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using Xunit;

namespace OperatorGen.Symbolics.Tests.Numerics;

/// <summary>The library as a compiler loads it: its build for netstandard2.0, in a load context of its own.</summary>
internal static class NetStandardBuild
{
    private static readonly Assembly Library = Load();

    /// <summary>A public static method of the same type in that build.</summary>
    public static T Method<T>(Type type, string name, params Type[] parameters)
        where T : Delegate => Library.GetType(type.FullName!)!.GetMethod(name, parameters)!.CreateDelegate<T>();

    private static Assembly Load()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "netstandard2.0", "OperatorGen.Symbolics.dll");
        Assembly library = new AssemblyLoadContext(null).LoadFromAssemblyPath(path);
        Assert.NotEqual(typeof(RealMath).Assembly, library);
        return library;
    }
}

// What was compiled against the netstandard2.0 build of this assembly names its own IsExternalInit in the signature of every init accessor.
#pragma warning disable RS0016 // It belongs to the framework, and only the net10.0 build has it.
[assembly: System.Runtime.CompilerServices.TypeForwardedTo(typeof(System.Runtime.CompilerServices.IsExternalInit))]

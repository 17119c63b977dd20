// What was compiled against the netstandard2.0 build of this assembly names its own IsExternalInit in the signature of every init accessor.
[assembly: System.Runtime.CompilerServices.TypeForwardedTo(typeof(System.Runtime.CompilerServices.IsExternalInit))]

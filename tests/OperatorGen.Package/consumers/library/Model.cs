using System;
using OperatorGen;

[assembly: CLSCompliant(true)]

namespace Library
{
    /// <summary>A public model, documented as the library is.</summary>
    [SequenceModel("models/s4d.ssm.json")]
    public partial class Model
    {
    }
}

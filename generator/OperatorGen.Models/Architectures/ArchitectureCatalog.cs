using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace OperatorGen.Models;

/// <summary>All architectures by name.</summary>
public static class ArchitectureCatalog
{
    /// <summary>All of them, in the order in which documents list them.</summary>
    public static IReadOnlyList<IArchitecture> All { get; } =
        [
            new S4DStandalone(), new S4Example(), new S4DClassifier(), new S4BlockDiag(), new S4BlockDplr(), new S5Ssm(), new S5Classifier(), new Lru(), new LruClassifier(),
            new Linoss(OscillatorScheme.Implicit), new Linoss(OscillatorScheme.ImplicitExplicit), new LinossClassifier(OscillatorScheme.Implicit), new LinossClassifier(OscillatorScheme.ImplicitExplicit),
            new SelectiveScan(), new Mamba1Block(), new MambaClassifier(), new Mamba1LanguageModel(), new Mamba2Ssd(), new Mamba2Block(), new Mamba2LanguageModel(),
            new LinearAttention(LinearAttentionGate.PerKey), new GlaLayer(), new LinearAttention(LinearAttentionGate.PerHead), new Hgrn(), new LinearAttention(LinearAttentionGate.Constant),
            new LinearAttention(LinearAttentionGate.PerKeyWithBonus), new GateLoop(), new GateLoopOperator(), new GateLoopSimple(), new GateLoopTransformer(), new LinearAttention(LinearAttentionGate.Delta),
            new LinearAttention(LinearAttentionGate.GatedDelta), new LinearCdeArchitecture(), new StackArchitecture(), new Modes(),
        ];

    /// <summary>The architecture of that name; null where there is none.</summary>
    public static IArchitecture? Find(string name) => All.FirstOrDefault(architecture => architecture.Name == name);

    /// <summary>A declaration with upstream's present names of tensors where it has older ones, as far as its architecture is known.</summary>
    public static ModelDeclaration Current(ModelDeclaration declaration) => Find(declaration.Architecture)?.Current(declaration) ?? declaration;

    /// <summary>Resolves a declaration by the architecture that it names.</summary>
    /// <param name="declaration">The declaration.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>The model, and everything that is wrong or worth knowing.</returns>
    /// <exception cref="System.OperationCanceledException">The work was cancelled.</exception>
    public static StageResult<SequenceModel> Resolve(ModelDeclaration declaration, CancellationToken cancellation)
    {
        if (Find(declaration.Architecture) is { } architecture)
        {
            return architecture.Resolve(architecture.Current(declaration), cancellation);
        }

        var faults = new FaultCollector();
        string[] names = [.. All.Select(known => known.Name)];
        faults.Add(ModelFaults.UnknownArchitecture(JsonSource.Shorten(declaration.Architecture), NearestName.Of(declaration.Architecture, names), names, declaration.Places.Architecture));
        return faults.Result<SequenceModel>(null);
    }
}

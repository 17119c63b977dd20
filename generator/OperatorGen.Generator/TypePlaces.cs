using System.Linq;
using OperatorGen.Models;
using OperatorGen.Symbolics;

namespace OperatorGen.Generator;

/// <summary>Where a type with a declaring attribute is, and those of its members that a generated one could collide with.</summary>
/// <param name="Type">Where the type's name is.</param>
/// <param name="Members">Where the members are.</param>
internal sealed record TypePlaces(SourcePlace? Type, EquatableArray<MemberPlace> Members)
{
    /// <summary>The place of a fault: that of the member that it is about, else the type's.</summary>
    public SourcePlace? Of(Fault fault) => Members.FirstOrDefault(member => member.Member == fault.Member)?.Place ?? Type;
}

/// <summary>Where a member of a type is.</summary>
/// <param name="Member">Its name, or its signature where only that is taken.</param>
/// <param name="Place">Where its name is.</param>
internal sealed record MemberPlace(string Member, SourcePlace? Place);

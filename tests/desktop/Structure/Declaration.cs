using System.Linq;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>A type or member found in a source file.</summary>
/// <param name="Kind">What it is: the keyword of a type, or "method", "property", "field".</param>
/// <param name="Name">Its simple name, without type parameters.</param>
/// <param name="Modifiers">The words before its name, without attributes.</param>
/// <param name="Parent">The type it stands in; null for a top-level type.</param>
/// <param name="Line">The line on which it begins, attributes included, counted from 1.</param>
/// <param name="EndLine">The line on which it ends.</param>
/// <param name="HasDoc">Whether an XML comment stands right above it.</param>
internal sealed record Declaration(
    string Kind,
    string Name,
    string[] Modifiers,
    Declaration Parent,
    int Line,
    int EndLine,
    bool HasDoc)
{
    /// <summary>True for a class, struct, interface, enum, record or delegate.</summary>
    public bool IsType => Kind is not ("method" or "property" or "field");

    /// <summary>The name with the names of the types around it.</summary>
    public string FullName => Parent == null ? Name : Parent.FullName + "." + Name;

    /// <summary>True when it is seen from outside: it and every type around it is public.</summary>
    public bool IsPublic =>
        (Has("public") || Parent?.Kind == "interface") && (Parent == null || Parent.IsPublic);

    /// <summary>True without a modifier that opens it to others.</summary>
    public bool IsPrivate =>
        !Has("public") && !Has("internal") && !Has("protected") && Parent?.Kind != "interface";

    /// <summary>Whether one of the modifiers is the given word.</summary>
    public bool Has(string modifier) => Modifiers.Contains(modifier);

    /// <summary>The source rules' way to name it.</summary>
    public override string ToString() => $"{Kind} {FullName}";
}

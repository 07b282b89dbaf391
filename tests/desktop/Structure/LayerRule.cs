using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>Who may see whom, by namespace below a root such as EdgeBroker.</summary>
internal sealed class LayerRule
{
    /// <summary>The half of the codec that the firmware does without.</summary>
    public const string ClientHalf = "Codec.Client";

    private const string PcBuild = "Firmware.Pc";

    // The layers whose names have two parts.
    private static readonly string[] _nested = [ClientHalf, PcBuild];

    // They stand in the firmware's namespace, for there it finds them before those of .NET.
    private static readonly string[] _standIns =
        ["EdgeBroker.Firmware.Console", "EdgeBroker.Firmware.Thread"];

    private static readonly Dictionary<string, string[]> _maySee = new()
    {
        ["Memory"] = [],
        ["Codec"] = [],
        [ClientHalf] = ["Codec"],
        ["Topics"] = ["Memory", "Codec"],
        ["Broker"] = ["Memory", "Codec", "Topics"],
        ["Boards"] = ["Memory", "Codec", "Topics", "Broker"],
        ["Firmware"] = ["Memory", "Codec", "Topics", "Broker", "Boards"],
        // The firmware's PC build: the program with stand-ins for what only a device has.
        [PcBuild] = ["Memory", "Codec", "Topics", "Broker", "Boards", "Firmware"],
        ["Simulator"] = ["Memory", "Codec", ClientHalf, "Topics", "Broker", "Boards", PcBuild],
    };

    private readonly string _root;

    /// <summary>The rule for the layers right below a namespace.</summary>
    public LayerRule(string root)
    {
        _root = root + ".";
    }

    /// <summary>References in signatures and bodies that a layer may not hold.</summary>
    public IEnumerable<string> Check(IEnumerable<TypeDefinition> types)
    {
        foreach (TypeDefinition type in types.Where(
            t => !_standIns.Contains(Il.Outermost(t).FullName)))
        {
            string layer = Layer(type);
            if (layer == null)
            {
                if (!IsCompilerMade(type))
                {
                    yield return $"{type.FullName} stands in no layer";
                }

                continue;
            }

            foreach ((string where, MemberReference member) in Il.Uses(type))
            {
                foreach (TypeReference part in Il.Parts(member)
                    .Where(part => !MaySee(layer, Layer(part))))
                {
                    yield return $"{where}: {layer} sees {part.FullName}";
                }
            }
        }
    }

    /// <summary>
    /// Sources of a folder that stand in another namespace or write down a layer they may not
    /// see. Constants leave no trace in the compiled code, so the text is looked at as well.
    /// </summary>
    public IEnumerable<string> CheckSource(SourceText file, string layer)
    {
        foreach (SyntaxNode name in file.All<SyntaxNode>().Where(IsWholeName))
        {
            string text = name.ToString();
            if (!text.StartsWith(_root, StringComparison.Ordinal))
            {
                continue;
            }

            string seen = Layer(text[_root.Length..]);
            bool isOwn = name.Parent is BaseNamespaceDeclarationSyntax;
            if (isOwn ? seen != layer : !MaySee(layer, seen))
            {
                yield return file.Finding(name, $"{layer} names {_root}{seen}");
            }
        }
    }

    private static bool IsWholeName(SyntaxNode node) =>
        IsDotted(node) && !IsDotted(node.Parent);

    private static bool IsDotted(SyntaxNode node) =>
        node is QualifiedNameSyntax or MemberAccessExpressionSyntax;

    private static bool MaySee(string layer, string seen) =>
        seen == null || seen == layer || (_maySee.TryGetValue(layer, out string[] below)
            && (below.Contains(seen) || !_maySee.ContainsKey(seen)));

    private static bool IsCompilerMade(TypeDefinition type) =>
        Il.IsCompilerData(type) || Il.Outermost(type).Name.StartsWith("<>z__") // [.. list]
        || Il.Outermost(type).Namespace is
            "Microsoft.CodeAnalysis" or "System.Runtime.CompilerServices";

    private string Layer(TypeReference type)
    {
        string space = Il.Outermost(type).Namespace;
        if (!space.StartsWith(_root, StringComparison.Ordinal))
        {
            return null;
        }

        return Layer(space[_root.Length..]);
    }

    private static string Layer(string space)
    {
        string nested = _nested.FirstOrDefault(name => (space + ".").StartsWith(name + "."));
        return nested ?? space.Split('.')[0];
    }
}

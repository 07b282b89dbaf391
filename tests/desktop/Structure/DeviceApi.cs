using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>
/// What nanoFramework's assemblies offer, read from the lists in nanoframework-api: one type or
/// member a line, as <c>Type [kind] : Base implements I, J</c> and
/// <c>Type::Name(Types) : Type [static]</c>.
/// </summary>
internal sealed class DeviceApi
{
    private readonly Dictionary<string, List<string>> _parents = [];
    private readonly HashSet<string> _members = [];

    /// <summary>Takes the lines of any number of lists.</summary>
    public DeviceApi(IEnumerable<string> lines)
    {
        foreach (string line in lines.Select(line => line.TrimEnd()))
        {
            if (line.Length > 0 && line[0] != '#')
            {
                Add(line);
            }
        }
    }

    /// <summary>How many types and members are known.</summary>
    public int Count => _parents.Count + _members.Count;

    /// <summary>The lists that lie beside the tests.</summary>
    public static DeviceApi Load()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "nanoframework-api");
        return new DeviceApi(
            Directory.GetFiles(folder, "*.txt").SelectMany(file => File.ReadLines(file)));
    }

    /// <summary>Whether a type has a member of a name, whatever its signature.</summary>
    public bool HasNamed(string type, string name) =>
        _members.Any(member => member.StartsWith(
            $"{type}::{name}(", StringComparison.Ordinal));

    /// <summary>Every reference out of our own assemblies that the device cannot serve.</summary>
    public IEnumerable<string> Check(IEnumerable<TypeDefinition> types)
    {
        return types.SelectMany(Il.Uses)
            .SelectMany(use => Missing(use.Member).Select(what => $"{use.Where}: no {what}"));
    }

    private IEnumerable<string> Missing(MemberReference member)
    {
        if (IsCompilerNote(member.DeclaringType))
        {
            return [];
        }

        IEnumerable<TypeReference> foreign = Il.Parts(member).Where(IsForeign);
        string[] types =
            [.. foreign.Where(t => !_parents.ContainsKey(t.FullName)).Select(t => t.FullName)];
        return types.Length > 0 || member is TypeReference || !IsForeign(member.DeclaringType)
            || IsKnown(member)
            ? types.Select(name => "type " + name)
            : [$"{member.DeclaringType.FullName}::{Key(member)}"];
    }

    private bool IsKnown(MemberReference member)
    {
        string key = Key(member);
        Queue<string> types = new([member.DeclaringType.FullName, "System.Object"]);
        while (types.TryDequeue(out string type))
        {
            if (_members.Contains(type + "::" + key))
            {
                return true;
            }

            foreach (string parent in _parents.GetValueOrDefault(type, []))
            {
                types.Enqueue(parent);
            }
        }

        return false;
    }

    private static string Key(MemberReference member)
    {
        if (member is FieldReference field)
        {
            return $"{field.Name} : {field.FieldType.FullName}";
        }

        MethodReference method = (MethodReference)member;
        string parameters =
            string.Join(",", method.Parameters.Select(p => p.ParameterType.FullName));
        return $"{method.Name}({parameters}) : {method.ReturnType.FullName}"
            + (method.HasThis ? "" : " [static]");
    }

    private static bool IsForeign(TypeReference type)
    {
        TypeReference outer = Il.Outermost(type.GetElementType());
        return outer.Scope is not ModuleDefinition
            && !outer.Scope.Name.StartsWith("EdgeBroker.", StringComparison.Ordinal);
    }

    // The compiler writes these marks for its own use; the device's tools drop them.
    private static bool IsCompilerNote(TypeReference type) => type?.FullName is
        "System.Runtime.CompilerServices.CompilerGeneratedAttribute"
        or "System.Runtime.CompilerServices.IsReadOnlyAttribute"
        or "System.Diagnostics.DebuggerBrowsableAttribute";

    private void Add(string line)
    {
        if (!line.Contains("::"))
        {
            string type = line[..line.IndexOf(" [", StringComparison.Ordinal)];
            string rest = line[(line.IndexOf(']') + 1)..].Replace(" implements ", ", ");
            _parents[type] = [.. rest.Split(',', ':').Select(s => s.Trim()).Where(s => s != "")];
            return;
        }

        string plain = line.Split(" [")[0].Split(" = ")[0];
        bool isStaticMethod = plain.Contains('(') && line.Contains("[static]");
        _members.Add(isStaticMethod ? plain + " [static]" : plain);
    }
}

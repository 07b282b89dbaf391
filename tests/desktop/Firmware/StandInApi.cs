using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;

namespace EdgeBroker.Tests.Desktop.Firmware;

/// <summary>
/// Holds types that play the device's own against the lists of what the device has: each type, each
/// public member with its signature and each value of an enum must stand there.
/// </summary>
internal static class StandInApi
{
    private static readonly string[] _kinds = ["class", "enum", "struct", "delegate"];

    /// <summary>The lists that lie beside the tests.</summary>
    public static HashSet<string> Load()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "nanoframework-api");
        return [.. Directory.GetFiles(folder, "*.txt").SelectMany(File.ReadLines).Select(Plain)];
    }

    /// <summary>What the types have and the device has not.</summary>
    public static IEnumerable<string> Check(
        HashSet<string> device, IEnumerable<TypeDefinition> types)
    {
        return types.SelectMany(Lines).Where(line => !device.Contains(line));
    }

    private static IEnumerable<string> Lines(TypeDefinition type)
    {
        yield return $"{type.FullName} [{Kind(type)}]";
        foreach (FieldDefinition field in type.Fields.Where(f => f.IsPublic && f.IsLiteral))
        {
            yield return $"{type.FullName}::{field.Name} : {field.FieldType.FullName}"
                + $" = {field.Constant} [const]";
        }

        foreach (FieldDefinition field in type.Fields.Where(f => f.IsPublic && !f.IsLiteral
            && !f.IsSpecialName))
        {
            yield return $"{type.FullName}::{field.Name} : {field.FieldType.FullName}"
                + (field.IsStatic ? " [static]" : "");
        }

        foreach (MethodDefinition method in type.Methods.Where(m => m.IsPublic))
        {
            string parameters =
                string.Join(",", method.Parameters.Select(p => p.ParameterType.FullName));
            string flag = method.IsStatic ? " [static]" : method.IsVirtual ? " [virtual]" : "";
            yield return $"{type.FullName}::{method.Name}({parameters}) : "
                + method.ReturnType.FullName + flag;
        }
    }

    private static string Kind(TypeDefinition type)
    {
        return type.IsEnum ? "enum"
            : type.IsValueType ? "struct"
            : type.BaseType?.Name == "MulticastDelegate" ? "delegate"
            : "class";
    }

    /// <summary>A line of a list without base types: those are the device's own affair.</summary>
    private static string Plain(string line)
    {
        foreach (string kind in _kinds.Select(kind => $" [{kind}]"))
        {
            int at = line.IndexOf(kind, StringComparison.Ordinal);
            if (at > 0)
            {
                return line[..(at + kind.Length)];
            }
        }

        return line;
    }
}

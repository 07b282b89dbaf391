using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeBroker.Tests.Desktop.Structure;

/// <summary>Reads compiled assemblies and says where in the sources something stands.</summary>
internal static class Il
{
    private static readonly Dictionary<string, ModuleDefinition> _modules = [];

    /// <summary>The modules of the given assemblies that lie beside the tests.</summary>
    public static ModuleDefinition[] Modules(params string[] names)
    {
        lock (_modules)
        {
            return [.. names.Select(Open).Where(module => module != null)];
        }
    }

    /// <summary>The compiled form of a sample of this assembly, nested types included.</summary>
    public static TypeDefinition[] Sample(Type type)
    {
        ModuleDefinition module = Modules("EdgeBroker.Tests.Desktop").Single();
        string name = type.FullName.Replace('+', '/');
        return [.. Types(module).Where(t => t.FullName == name || Within(t, name))];
    }

    /// <summary>Whether a type, or one around or in it, has code from below a folder.</summary>
    public static bool IsFrom(TypeDefinition type, string folder)
    {
        TypeDefinition outer = (TypeDefinition)Outermost(type);
        return outer.NestedTypes.Prepend(outer).SelectMany(t => t.Methods)
            .SelectMany(m => m.DebugInformation.SequencePoints)
            .Any(point => Repository.Relative(point.Document.Url)
                .StartsWith(folder, StringComparison.Ordinal));
    }

    /// <summary>All types of a module, nested ones included, without its pseudo-type.</summary>
    public static IEnumerable<TypeDefinition> Types(ModuleDefinition module) =>
        module.GetTypes().Where(type => type.FullName != "<Module>");

    /// <summary>The compiler's own holder of array data and string hashes.</summary>
    public static bool IsCompilerData(TypeReference type) =>
        Outermost(type).Name.StartsWith("<PrivateImplementationDetails>", StringComparison.Ordinal);

    /// <summary>The type around all the others.</summary>
    public static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType != null)
        {
            type = type.DeclaringType;
        }

        return type;
    }

    /// <summary>Type, method and, where the symbols tell it, file and line.</summary>
    public static string Where(MethodDefinition method, Instruction instruction = null)
    {
        SequencePoint point = null;
        foreach (SequencePoint candidate in method.DebugInformation.SequencePoints)
        {
            bool reached = instruction == null || candidate.Offset <= instruction.Offset;
            point = !candidate.IsHidden && (reached || point == null) ? candidate : point;
            if (instruction == null && point != null)
            {
                break;
            }
        }

        string member = $"{method.DeclaringType.FullName}::{method.Name}";
        return point == null
            ? member
            : $"{Repository.Relative(point.Document.Url)}:{point.StartLine}: {member}";
    }

    /// <summary>The instructions of a method; none for abstract and runtime methods.</summary>
    public static IEnumerable<Instruction> Body(MethodDefinition method) =>
        method.HasBody ? method.Body.Instructions : [];

    /// <summary>What a type names in its signatures, attributes and bodies.</summary>
    public static IEnumerable<(string Where, MemberReference Member)> Uses(TypeDefinition type)
    {
        foreach (MemberReference member in Declared(type))
        {
            yield return (type.FullName, member);
        }

        foreach (FieldDefinition field in type.Fields)
        {
            foreach (MemberReference member in Attributes(field).Append(field.FieldType))
            {
                yield return (field.DeclaringType.FullName + "::" + field.Name, member);
            }
        }

        foreach (MethodDefinition method in type.Methods)
        {
            foreach (MemberReference member in Signature(method))
            {
                yield return (Where(method), member);
            }

            foreach (Instruction instruction in Body(method))
            {
                if (instruction.Operand is MemberReference member)
                {
                    yield return (Where(method, instruction), member);
                }
            }
        }
    }

    /// <summary>The plain types of a reference, down to elements and arguments.</summary>
    public static IEnumerable<TypeReference> Parts(MemberReference member)
    {
        return member switch
        {
            GenericParameter => [],
            GenericInstanceType type =>
                type.GenericArguments.SelectMany(Parts).Prepend(type.ElementType),
            RequiredModifierType type => Parts(type.ElementType).Concat(Parts(type.ModifierType)),
            FunctionPointerType => [],
            TypeSpecification type => Parts(type.ElementType),
            TypeReference type => [type],
            GenericInstanceMethod method =>
                method.GenericArguments.SelectMany(Parts).Concat(Parts(method.ElementMethod)),
            MethodReference method => method.Parameters.SelectMany(p => Parts(p.ParameterType))
                .Concat(Parts(method.ReturnType)).Concat(Parts(method.DeclaringType)),
            FieldReference field => Parts(field.FieldType).Concat(Parts(field.DeclaringType)),
            _ => [],
        };
    }

    private static IEnumerable<MemberReference> Declared(TypeDefinition type)
    {
        IEnumerable<MemberReference> parents = type.Interfaces.Select(i => i.InterfaceType);
        return parents.Append(type.BaseType).Where(t => t != null).Concat(Attributes(type))
            .Concat(type.Properties.SelectMany(Attributes));
    }

    private static IEnumerable<MemberReference> Signature(MethodDefinition method)
    {
        IEnumerable<MemberReference> locals =
            method.HasBody ? method.Body.Variables.Select(v => v.VariableType) : [];
        IEnumerable<MemberReference> caught = method.HasBody
            ? method.Body.ExceptionHandlers.Select(h => h.CatchType).Where(t => t != null)
            : [];
        return method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType)
            .Concat(locals).Concat(caught).Concat(Attributes(method));
    }

    private static IEnumerable<MemberReference> Attributes(ICustomAttributeProvider provider) =>
        provider.CustomAttributes.Select(attribute => attribute.Constructor);

    private static bool Within(TypeReference type, string outer)
    {
        TypeReference parent = type.DeclaringType;
        return parent != null && (parent.FullName == outer || Within(parent, outer));
    }

    private static ModuleDefinition Open(string name)
    {
        if (!_modules.TryGetValue(name, out ModuleDefinition module))
        {
            string path = Path.Combine(AppContext.BaseDirectory, name + ".dll");
            module = File.Exists(path) ? ModuleDefinition.ReadModule(path, Parameters()) : null;
            _modules.Add(name, module);
        }

        return module;
    }

    private static ReaderParameters Parameters() => new(ReadingMode.Immediate)
    {
        InMemory = true,
        ReadSymbols = true,
        SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false),
    };
}

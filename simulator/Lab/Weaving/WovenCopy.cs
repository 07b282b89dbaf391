using System;
using System.Collections.Generic;
using System.IO;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace EdgeBroker.Simulator.Lab.Weaving;

/// <summary>
/// A second copy of the simulator in the same process, some of whose assemblies are woven: nothing
/// woven lies on disk. Each copy has static fields of its own.
/// </summary>
/// <param name="woven">Compiled code that stands for assemblies of the simulator, by name.</param>
public abstract class WovenCopy(IReadOnlyDictionary<string, byte[]> woven)
    : AssemblyLoadContext("woven")
{
    private const string Own = "EdgeBroker.";

    /// <summary>Calls a public static method of this copy.</summary>
    /// <param name="type">A type of the simulator, as it is known outside.</param>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">Of types that both copies share: those of .NET.</param>
    public object? Call(Type type, string method, params object?[] arguments)
    {
        try
        {
            return Inside(type).GetMethod(method)!.Invoke(null, arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException != null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
            throw;
        }
    }

    /// <summary>Where an assembly of the simulator lies.</summary>
    protected static string PathOf(string name) => Path.Combine(
        Path.GetDirectoryName(typeof(WovenCopy).Assembly.Location)!, name + ".dll");

    /// <summary>A type as it is in this copy.</summary>
    protected Type Inside(Type type) => LoadFromAssemblyName(type.Assembly.GetName())
        .GetType(type.FullName!)!;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name!;
        string path = PathOf(name);
        return !name.StartsWith(Own, StringComparison.Ordinal) || !File.Exists(path) ? null
            : woven.TryGetValue(name, out byte[]? code) ? LoadFromStream(new MemoryStream(code))
            : LoadFromAssemblyPath(path);
    }
}

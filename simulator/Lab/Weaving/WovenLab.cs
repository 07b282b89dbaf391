using System;
using System.IO;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;

namespace EdgeBroker.Simulator.Lab.Weaving;

/// <summary>
/// A second copy of the simulator around a woven core, in the same process: nothing woven lies on
/// disk. Each has a Coverage of its own.
/// </summary>
public sealed class WovenLab : AssemblyLoadContext
{
    private const string Own = "EdgeBroker.";
    private const string Core = "EdgeBroker.Shared";

    private static readonly Lazy<(byte[] Core, int Edges)> _usual =
        new(() => Weave(Path.Combine(OwnFolder(), Core + ".dll")));

    private readonly string _folder;
    private readonly byte[] _core;

    /// <param name="core">A core that stands for the usual one, or null.</param>
    public WovenLab(string? core = null)
        : base("woven")
    {
        _folder = OwnFolder();
        (_core, int edges) = core == null ? _usual.Value : Weave(core);
        Inside(typeof(Coverage)).GetField(nameof(Coverage.Edges))!.SetValue(null, edges);
    }

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

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string name = assemblyName.Name!;
        string path = Path.Combine(_folder, name + ".dll");
        return !name.StartsWith(Own, StringComparison.Ordinal) || !File.Exists(path) ? null
            : name == Core ? LoadFromStream(new MemoryStream(_core))
            : LoadFromAssemblyPath(path);
    }

    private static string OwnFolder() =>
        Path.GetDirectoryName(typeof(WovenLab).Assembly.Location)!;

    private static (byte[] Core, int Edges) Weave(string path)
    {
        var weaver = new CoreWeaver();
        byte[] core = weaver.Weave(path).ToArray();
        return (core, weaver.Edges);
    }

    private Type Inside(Type type) => LoadFromAssemblyName(type.Assembly.GetName())
        .GetType(type.FullName!)!;
}

using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;

namespace EdgeBroker.Simulator.Bench;

/// <summary>What a measurement was made on.</summary>
/// <param name="Date">The day, UTC.</param>
/// <param name="Program">This program and its version.</param>
/// <param name="System">The operating system.</param>
/// <param name="Processor">The processor.</param>
/// <param name="Processors">How many of them this process may use.</param>
/// <param name="Runtime">The .NET runtime.</param>
internal sealed record Machine(string Date, string Program, string System, string Processor,
    int Processors, string Runtime)
{
    private const string CpuFile = "/proc/cpuinfo";

    /// <summary>This one.</summary>
    public static Machine This() => new(
        DateTime.UtcNow.ToString("yyyy-MM-dd", null),
        "EdgeBroker " + Assembly.GetExecutingAssembly()
            .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion,
        RuntimeInformation.OSDescription,
        ProcessorName(),
        Environment.ProcessorCount,
        RuntimeInformation.FrameworkDescription);

    /// <summary>One line for people.</summary>
    public override string ToString() =>
        $"{Date}, {Program}; {Processors} x {Processor}; {System}; {Runtime}";

    private static string ProcessorName()
    {
        string? model = File.Exists(CpuFile)
            ? File.ReadLines(CpuFile).FirstOrDefault(line => line.StartsWith("model name"))
            : null;
        return model?[(model.IndexOf(':') + 1)..].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}

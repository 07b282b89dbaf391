using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeBroker.Simulator.Lab.Run;

namespace EdgeBroker.Simulator.Lab.Plans;

/// <summary>Reads plans, those that come with the program and those of its users.</summary>
public static class PlanFile
{
    private const string Prefix = "EdgeBroker.Simulator.Lab.Plans.";
    private const string Suffix = ".json";

    /// <summary>How files of the laboratory, and fleet files, are written.</summary>
    internal static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Names of the plans that come with the program.</summary>
    public static string[] Names => [.. Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal))
        .Select(n => n[Prefix.Length..^Suffix.Length]).Order(StringComparer.Ordinal)];

    /// <summary>Finds a plan by its name, or reads a file.</summary>
    /// <exception cref="InvalidDataException">There is none, or it cannot be understood.
    /// </exception>
    public static Plan Load(string nameOrPath)
    {
        using Stream? own = Assembly.GetExecutingAssembly()
            .GetManifestResourceStream(Prefix + nameOrPath + Suffix);
        if (own != null)
        {
            using var reader = new StreamReader(own);
            return Parse(reader.ReadToEnd(), nameOrPath);
        }

        try
        {
            return Parse(File.ReadAllText(nameOrPath), nameOrPath);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"there is no plan and no file \"{nameOrPath}\"; "
                + $"plans are {string.Join(", ", Names)}");
        }
    }

    /// <summary>Writes a plan of one scenario as a file that Load reads.</summary>
    public static string Text(string about, Scenario scenario) =>
        JsonSerializer.Serialize(new ScenarioFile(about, scenario), Options);

    /// <summary>Reads the text of a plan.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="InvalidDataException">It cannot be understood.</exception>
    public static Plan Parse(string text, string name)
    {
        try
        {
            Plan plan = JsonSerializer.Deserialize<Plan>(text, Options)
                ?? throw new InvalidDataException("it is empty");
            PlanRules.Check(plan);
            return plan;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}, line {e.LineNumber + 1}: {e.Message}");
        }
    }
}

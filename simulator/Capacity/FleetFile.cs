using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using EdgeBroker.Simulator.Config;
using EdgeBroker.Simulator.Lab.Plans;

namespace EdgeBroker.Simulator.Capacity;

/// <summary>Reads fleet files.</summary>
public static class FleetFile
{
    private const char Quote = '\'';
    private const int MostSaid = 200;

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">There is none, or it cannot be understood.
    /// </exception>
    public static Fleet Load(string path)
    {
        try
        {
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads the text of a fleet file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="InvalidDataException">It cannot be understood.</exception>
    public static Fleet Parse(string text, string name)
    {
        try
        {
            Fleet fleet = JsonSerializer.Deserialize<Fleet>(text, PlanFile.Options)
                ?? throw new InvalidDataException("it is empty");
            FleetRules.Check(fleet);
            return fleet;
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{name}: {e.Message}");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{name}, line {e.LineNumber + 1}: {Why(e)}");
        }
    }

    // The library says what stands in the file, and that may be anything.
    private static string Said(string text) =>
        text.Length > MostSaid || text.EnumerateRunes().Any(r => !SafeText.IsPrintable(r))
            ? "this is not JSON"
            : text;

    // The library names types of this program, which tell the writer of a file nothing.
    private static string Why(JsonException e)
    {
        string place = e.Path is { Length: > 2 } path ? path[2..] : "the file";
        string[] parts = e.Message.Split(Quote);
        return e.Message.Contains("could not be mapped") && parts.Length > 1
                ? $"there is no {SafeText.Quote(parts[1])} in a fleet file; "
                    + "docs/plan.md lists what there is"
            : e.Message.Contains("could not be converted") ? $"{place} has a value of another kind"
            : Said(e.Message.Split(" Path:")[0].Split(" LineNumber:")[0]);
    }
}

using System;
using System.Globalization;
using System.Linq;

namespace EdgeBroker.Simulator.Config;

/// <summary>One keyword of the configuration file: all there is to know about it.</summary>
public sealed class Keyword
{
    private readonly Func<ServeConfig, string, string?> _set;
    private readonly Func<ServeConfig, long>? _get;

    private Keyword(string name, string range, string standard, string help,
        Func<ServeConfig, string, string?> set, Func<ServeConfig, long>? get = null)
    {
        Name = name;
        Range = range;
        Default = standard;
        Help = help;
        _set = set;
        _get = get;
    }

    /// <summary>The keyword as it stands in the file.</summary>
    public string Name { get; }

    /// <summary>What its number counts, or empty.</summary>
    public string Unit { get; private init; } = "";

    /// <summary>The values it takes.</summary>
    public string Range { get; }

    /// <summary>What holds when it is not stated.</summary>
    public string Default { get; }

    /// <summary>One line about it.</summary>
    public string Help { get; }

    /// <summary>Whether it may stand in the file more than once.</summary>
    public bool IsRepeatable { get; private init; }

    /// <summary>What mosquitto does otherwise, or null when it does the same.</summary>
    public string? Difference { get; private set; }

    /// <summary>Whether a running broker takes a new value over; others need a restart.</summary>
    public bool IsTakenOver { get; private set; }

    /// <summary>Whether it sizes the broker, as the profile of a board does.</summary>
    public bool IsLimit => Name == "memory_limit"
        || (Name.StartsWith("max_", StringComparison.Ordinal)
            && Name is not ("max_qos" or "max_keepalive"));

    /// <summary>Makes one that takes a whole number.</summary>
    /// <param name="name">The keyword.</param>
    /// <param name="unit">What the number counts.</param>
    /// <param name="least">Smallest value.</param>
    /// <param name="most">Largest value.</param>
    /// <param name="get">Reads the value out of a configuration.</param>
    /// <param name="set">Puts it into one.</param>
    /// <param name="help">One line.</param>
    public static Keyword Number(string name, string unit, int least, int most,
        Func<ServeConfig, long> get, Action<ServeConfig, int> set, string help)
    {
        string standard = get(new ServeConfig()).ToString(CultureInfo.InvariantCulture);
        return new Keyword(name, $"{least} to {most}", standard, help, (config, value) =>
        {
            if (!int.TryParse(value, NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out int number)
                || number < least || number > most)
            {
                string hint = value is "0" or "-1"
                    ? "; there is no \"unlimited\", take the most that you need"
                    : "";
                return $"must be a whole number from {least} to {most}, "
                    + $"not {SafeText.Quote(value)}{hint}";
            }

            set(config, number);
            return null;
        }, get)
        {
            Unit = unit,
        };
    }

    /// <summary>Makes one that takes true or false.</summary>
    /// <param name="name">The keyword.</param>
    /// <param name="isOn">What holds when it is not stated.</param>
    /// <param name="set">Puts it into a configuration.</param>
    /// <param name="help">One line.</param>
    public static Keyword Flag(
        string name, bool isOn, Action<ServeConfig, bool> set, string help)
    {
        return Choice(name, ["true", "false"], [], isOn ? "true" : "false",
            (config, value) => set(config, value == "true"), help);
    }

    /// <summary>Makes one that takes one word out of a list.</summary>
    /// <param name="name">The keyword.</param>
    /// <param name="words">The words.</param>
    /// <param name="missing">Words of mosquitto that stop the start.</param>
    /// <param name="standard">What holds when it is not stated.</param>
    /// <param name="set">Puts the word into a configuration.</param>
    /// <param name="help">One line.</param>
    /// <param name="isRepeatable">Whether it may stand in the file more than once.</param>
    /// <param name="idle">Words of mosquitto that do nothing here, which is said.</param>
    public static Keyword Choice(string name, string[] words, string[] missing, string standard,
        Action<ServeConfig, string> set, string help, bool isRepeatable = false,
        string[]? idle = null)
    {
        string range = words.Length == 1
            ? words[0]
            : string.Join(", ", words[..^1]) + " or " + words[^1];
        return Text(name, range, standard, help, (config, value) =>
        {
            if (missing.Contains(value))
            {
                return $"{value} is not supported yet; use {range}";
            }

            if (idle != null && idle.Contains(value))
            {
                config.AddNote($"{name} {value} has no effect: there are no such lines");
                return null;
            }

            if (!words.Contains(value))
            {
                return $"must be {range}, not {SafeText.Quote(value)}";
            }

            set(config, value);
            return null;
        }, isRepeatable);
    }

    /// <summary>Makes one that reads its value itself.</summary>
    /// <param name="name">The keyword.</param>
    /// <param name="range">The values it takes.</param>
    /// <param name="standard">What holds when it is not stated.</param>
    /// <param name="help">One line.</param>
    /// <param name="set">Puts the value in, or says what is wrong with it.</param>
    /// <param name="isRepeatable">Whether it may stand in the file more than once.</param>
    public static Keyword Text(string name, string range, string standard, string help,
        Func<ServeConfig, string, string?> set, bool isRepeatable = false)
    {
        return new Keyword(name, range, standard, help, set)
        {
            IsRepeatable = isRepeatable,
        };
    }

    /// <summary>States what mosquitto does otherwise.</summary>
    public Keyword Differs(string how)
    {
        Difference = how;
        return this;
    }

    /// <summary>States that a running broker takes a new value over.</summary>
    public Keyword TakenOver()
    {
        IsTakenOver = true;
        return this;
    }

    /// <summary>Puts a value into a configuration.</summary>
    /// <returns>Null, or what is wrong: the end of a sentence that begins with Name.</returns>
    public string? Apply(ServeConfig config, string value)
    {
        return value.Length == 0 ? $"needs a value: {Range}" : _set(config, value);
    }

    /// <summary>Reads the value of a keyword that takes a number.</summary>
    public long NumberIn(ServeConfig config)
    {
        return _get!(config); // The caller names a keyword that takes one.
    }
}

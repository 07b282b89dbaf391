using System;
using System.Globalization;
using EdgeBroker.Simulator.View;

namespace EdgeBroker.Simulator.Bench;

/// <summary>Writes figures so that people can compare them.</summary>
internal static class Figure
{
    private const double Whole = 1000;

    /// <summary>A number: whole from 1,000 on, with one digit below.</summary>
    public static string Of(double value) => value.ToString(
        Math.Abs(value) >= Whole ? "N0" : "0.0", CultureInfo.InvariantCulture);

    /// <summary>A number, or a dash for none.</summary>
    public static string Of(double? value) => value is { } number ? Of(number) : "-";

    /// <summary>Processor time, whose second digit matters.</summary>
    public static string Fine(double? value) =>
        value is not { } number ? "-"
            : Math.Abs(number) >= Whole ? Units.Rate(number)
            : number.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A scenario, with the size of payloads where that matters.</summary>
    public static string Title(BenchResult result) =>
        Scenarios.Find(result.Scenario)?.HasPayload == false
            ? result.Scenario
            : $"{result.Scenario}, {Units.Count(result.Payload)} bytes"
                + (result.Qos > 0 ? $", QoS {result.Qos}" : "");
}

using System;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeBroker.Simulator.Lab.Plans;

/// <summary>A number, or from where to where it is drawn: 5, or [1, 80].</summary>
[JsonConverter(typeof(Converter))]
public readonly record struct Range(double From, double To)
{
    /// <summary>Draws a whole number.</summary>
    public int Draw(Random random) =>
        (int)Math.Round(From + (random.NextDouble() * (To - From)));

    private sealed class Converter : JsonConverter<Range>
    {
        public override Range Read(
            ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.Number)
            {
                return new Range(reader.GetDouble(), reader.GetDouble());
            }

            double[]? ends = reader.TokenType == JsonTokenType.StartArray
                ? JsonSerializer.Deserialize<double[]>(ref reader, options)
                : null;
            return ends is [double from, double to] && from <= to
                ? new Range(from, to)
                : throw new JsonException("must be a number or [from, to]");
        }

        public override void Write(
            Utf8JsonWriter writer, Range value, JsonSerializerOptions options)
        {
            if (value.From == value.To)
            {
                writer.WriteNumberValue(value.From);
                return;
            }

            JsonSerializer.Serialize(writer, new[] { value.From, value.To }, options);
        }
    }
}

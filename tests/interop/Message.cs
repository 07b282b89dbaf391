using System.Linq;
using System.Text;
using System.Text.Json.Serialization;

namespace EdgeBroker.Tests.Interop;

/// <summary>
/// An Application Message as a client sends or sees it. Absent properties are null. The drivers
/// read and write it as JSON with these names.
/// </summary>
internal sealed record Message
{
    public string Topic { get; init; }

    public byte[] Payload { get; init; } = [];

    public int Qos { get; init; }

    public bool Retain { get; init; }

    public int? PayloadFormat { get; init; }

    /// <summary>Message Expiry Interval in seconds.</summary>
    public int? MessageExpiry { get; init; }

    public string ContentType { get; init; }

    public string ResponseTopic { get; init; }

    public byte[] CorrelationData { get; init; }

    /// <summary>User Properties, each a pair of name and value, in their order.</summary>
    public string[][] UserProperties { get; init; }

    [JsonIgnore]
    public string Text
    {
        get => Encoding.UTF8.GetString(Payload);
        init => Payload = Encoding.UTF8.GetBytes(value);
    }

    [JsonIgnore]
    public string UserPropertyText => UserProperties == null ? ""
        : string.Join(' ', UserProperties.Select(pair => pair[0] + ":" + pair[1]));
}

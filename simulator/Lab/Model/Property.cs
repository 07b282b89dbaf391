using System;
using System.Globalization;
using System.IO;
using System.Text;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>A property of MQTT 5.0, with its value in plain form.</summary>
/// <param name="Id">Its identifier (MQTT 5.0, table 2-4).</param>
/// <param name="Value">A number as long; text as string; Binary Data as byte[]; a User Property
/// as a pair of strings.</param>
public sealed record Property(int Id, object Value)
{
    /// <summary>Payload Format Indicator.</summary>
    public const int PayloadFormatIndicator = 0x01;

    /// <summary>Message Expiry Interval.</summary>
    public const int MessageExpiryInterval = 0x02;

    /// <summary>Response Topic.</summary>
    public const int ResponseTopic = 0x08;

    /// <summary>Correlation Data.</summary>
    public const int CorrelationData = 0x09;

    /// <summary>Subscription Identifier.</summary>
    public const int SubscriptionIdentifier = 0x0B;

    /// <summary>Session Expiry Interval.</summary>
    public const int SessionExpiryInterval = 0x11;

    /// <summary>Assigned Client Identifier.</summary>
    public const int AssignedClientIdentifier = 0x12;

    /// <summary>Server Keep Alive.</summary>
    public const int ServerKeepAlive = 0x13;

    /// <summary>Authentication Method.</summary>
    public const int AuthenticationMethod = 0x15;

    /// <summary>Authentication Data.</summary>
    public const int AuthenticationData = 0x16;

    /// <summary>Request Problem Information.</summary>
    public const int RequestProblemInformation = 0x17;

    /// <summary>Will Delay Interval.</summary>
    public const int WillDelayInterval = 0x18;

    /// <summary>Request Response Information.</summary>
    public const int RequestResponseInformation = 0x19;

    /// <summary>Reason String: words for people, which differ from broker to broker.</summary>
    public const int ReasonString = 0x1F;

    /// <summary>Receive Maximum.</summary>
    public const int ReceiveMaximum = 0x21;

    /// <summary>Topic Alias Maximum.</summary>
    public const int TopicAliasMaximum = 0x22;

    /// <summary>Topic Alias.</summary>
    public const int TopicAlias = 0x23;

    /// <summary>Maximum QoS.</summary>
    public const int MaximumQos = 0x24;

    /// <summary>Retain Available.</summary>
    public const int RetainAvailable = 0x25;

    /// <summary>User Property.</summary>
    public const int UserProperty = 0x26;

    /// <summary>Maximum Packet Size.</summary>
    public const int MaximumPacketSize = 0x27;

    /// <summary>Subscription Identifier Available.</summary>
    public const int SubscriptionIdentifierAvailable = 0x29;

    /// <summary>Shared Subscription Available.</summary>
    public const int SharedSubscriptionAvailable = 0x2A;

    /// <inheritdoc/>
    public override string ToString()
    {
        string value = Value switch
        {
            byte[] bytes => Convert.ToHexString(bytes),
            string text => Quote(text),
            (string name, string text) => Quote(name) + "=" + Quote(text),
            _ => Convert.ToString(Value, CultureInfo.InvariantCulture)!,
        };
        return $"{NameOf(Id)}:{value}";
    }

    /// <summary>The specification's name of a property, without blanks.</summary>
    public static string NameOf(int id) => id switch
    {
        PayloadFormatIndicator => "PayloadFormatIndicator",
        MessageExpiryInterval => "MessageExpiryInterval",
        0x03 => "ContentType",
        ResponseTopic => "ResponseTopic",
        CorrelationData => "CorrelationData",
        SubscriptionIdentifier => "SubscriptionIdentifier",
        SessionExpiryInterval => "SessionExpiryInterval",
        AssignedClientIdentifier => "AssignedClientIdentifier",
        ServerKeepAlive => "ServerKeepAlive",
        AuthenticationMethod => "AuthenticationMethod",
        AuthenticationData => "AuthenticationData",
        RequestProblemInformation => "RequestProblemInformation",
        WillDelayInterval => "WillDelayInterval",
        RequestResponseInformation => "RequestResponseInformation",
        0x1A => "ResponseInformation",
        0x1C => "ServerReference",
        ReasonString => "ReasonString",
        ReceiveMaximum => "ReceiveMaximum",
        TopicAliasMaximum => "TopicAliasMaximum",
        TopicAlias => "TopicAlias",
        MaximumQos => "MaximumQoS",
        RetainAvailable => "RetainAvailable",
        UserProperty => "UserProperty",
        MaximumPacketSize => "MaximumPacketSize",
        0x28 => "WildcardSubscriptionAvailable",
        SubscriptionIdentifierAvailable => "SubscriptionIdentifierAvailable",
        SharedSubscriptionAvailable => "SharedSubscriptionAvailable",
        _ => $"Property0x{id:X2}",
    };

    /// <summary>Bytes of a property that is a number; 0 for one of variable size.</summary>
    /// <exception cref="InvalidDataException">There is no such property.</exception>
    public static int SizeOf(int id) => id switch
    {
        0x01 or 0x17 or 0x19 or 0x24 or 0x25 or 0x28 or 0x29 or 0x2A => 1,
        0x13 or 0x21 or 0x22 or 0x23 => 2,
        0x02 or 0x11 or 0x18 or 0x27 => 4,
        0x0B => 0,
        _ => throw new InvalidDataException($"there is no property 0x{id:X2}"),
    };

    /// <summary>Whether the value of a property is a UTF-8 Encoded String.</summary>
    public static bool IsText(int id) => id is 0x03 or ResponseTopic or AssignedClientIdentifier
        or AuthenticationMethod or 0x1A or 0x1C or ReasonString;

    /// <summary>Whether the value of a property is Binary Data.</summary>
    public static bool IsBinary(int id) => id is CorrelationData or AuthenticationData;

    /// <summary>Whether there is such a property at all.</summary>
    public static bool Exists(int id) =>
        !NameOf(id).StartsWith("Property", StringComparison.Ordinal);

    /// <summary>Text in quotes, with what does not print escaped.</summary>
    internal static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char letter in text)
        {
            _ = letter is '"' or '\\' ? quoted.Append('\\').Append(letter)
                : letter is >= ' ' and <= '~' ? quoted.Append(letter)
                : quoted.Append(CultureInfo.InvariantCulture, $"\\u{{{(int)letter:X}}}");
        }

        return quoted.Append('"').ToString();
    }
}

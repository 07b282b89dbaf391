using System.Collections.Generic;
using System.Text;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Model;

/// <summary>The Topic Names that something is retained under.</summary>
public static class RetainedNames
{
    private const int LongestName = 65_535; // Its length is a Two Byte Integer.

    /// <summary>Asks a broker for them one by one; what is named may be removed in between.
    /// </summary>
    public static IEnumerable<string> Of(MqttBroker broker)
    {
        byte[] name = new byte[LongestName];
        for (int place = 0; place < broker.RetainedPlaces(); place++)
        {
            int length = broker.ReadRetainedName(place, name);
            if (length > 0)
            {
                yield return Encoding.UTF8.GetString(name, 0, length);
            }
        }
    }
}

using System.Reflection;
using EdgeBroker.Broker;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Looks at private fields, for what no public member shows.</summary>
internal static class Inside
{
    /// <summary>The value of a private field.</summary>
    public static object Field(object target, string name) =>
        target.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(target);

    /// <summary>Calls a private method.</summary>
    public static object Call(object target, string name, params object[] arguments) =>
        target.GetType().GetMethod(name, BindingFlags.Instance | BindingFlags.NonPublic)!
            .Invoke(target, arguments);

    /// <summary>Removes what is retained; a PUBLISH cannot name all of it.</summary>
    public static void ForgetRetained(MqttBroker broker)
    {
        var retained = (RetainedMessages)Field(broker, "_retained");
        byte[] name = new byte[70_000];
        for (int place = 0; place < broker.RetainedPlaces(); place++)
        {
            int length = broker.ReadRetainedName(place, name);
            if (length > 0)
            {
                retained.Forget(name, 0, length);
            }
        }
    }
}

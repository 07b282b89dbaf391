using System.Reflection;

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
}

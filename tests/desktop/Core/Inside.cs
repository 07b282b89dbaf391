using System.Reflection;

namespace EdgeBroker.Tests.Desktop.Core;

/// <summary>Looks at private fields, for what no public member shows.</summary>
internal static class Inside
{
    /// <summary>The value of a private field.</summary>
    public static object Field(object target, string name) =>
        target.GetType().GetField(name, BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(target);
}

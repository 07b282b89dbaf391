using System;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;
using EdgeBroker.Broker;

namespace EdgeBroker.Simulator.Lab.Check;

/// <summary>
/// Has the runtime do at once what it does one time for each type and method of the core, for that
/// allocates and is none of the core's doing.
/// </summary>
internal static class CoreWarmup
{
    private const BindingFlags All = BindingFlags.DeclaredOnly | BindingFlags.Instance
        | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    static CoreWarmup()
    {
        foreach (Type type in typeof(MqttBroker).Assembly.GetTypes())
        {
            if (type.ContainsGenericParameters)
            {
                continue;
            }

            RuntimeHelpers.RunClassConstructor(type.TypeHandle);
            foreach (MethodBase method in type.GetMembers(All).OfType<MethodBase>())
            {
                if (!method.IsAbstract && !method.ContainsGenericParameters)
                {
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
                }
            }
        }
    }

    /// <summary>Does it, unless it was done.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Require()
    {
    }
}

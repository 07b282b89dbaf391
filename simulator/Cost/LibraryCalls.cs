using System;
using Mono.Cecil;

namespace EdgeBroker.Simulator.Cost;

/// <summary>
/// What a call of the class library does on the device. Most of what the program calls is native
/// there. Sockets are not: their methods check the handle, fetch the arguments and call a native
/// one.
/// </summary>
internal static class LibraryCalls
{
    /// <summary>The full name of the class.</summary>
    public const string Socket = "System.Net.Sockets.Socket";

    /// <summary>
    /// What an accepted socket took on a nanoCLR for a PC, 32 bit, with all that belongs to it.
    /// </summary>
    public const int SocketBytes = 240;

    // Counted in the sources of nanoFramework.System.Net 1.11, from the first ldarg to ret.
    private const int PollInstructions = 9;
    private const int TransferInstructions = 13;

    /// <summary>Adds what a call does.</summary>
    public static void Add(MethodReference called, WorkAmounts work)
    {
        if (called.DeclaringType.FullName == Socket)
        {
            bool isPoll = called.Name == "Poll";
            work.Add(WorkKind.Call);
            work.Add(WorkKind.Instruction, isPoll ? PollInstructions : TransferInstructions);
            work.Add(WorkKind.Field, isPoll ? 1 : 2);
        }

        // A constructor of Object is in mscorlib, and empty.
        bool isEmpty = called.DeclaringType.FullName == "System.Object" && called.Name == ".ctor";
        work.Add(isEmpty ? WorkKind.Call : WorkKind.NativeCall);
    }

    /// <summary>Whether what a call returns was made for it.</summary>
    public static bool IsMaker(MethodReference called) =>
        called.Name != "get_Message" && (called.ReturnType.IsArray
            || called.ReturnType.MetadataType == MetadataType.String
            || called.ReturnType.FullName == Socket);

    /// <summary>The method of CostMeter that stands for one that takes or tells time, or null.
    /// </summary>
    public static string? StandIn(MethodReference called) => called.FullName switch
    {
        "System.Int64 System.Environment::get_TickCount64()" => nameof(CostMeter.TickCount64),
        "System.Void EdgeBroker.Firmware.Thread::Sleep(System.Int32)" =>
            nameof(CostMeter.SleepFor),
        _ => null,
    };

    /// <summary>Whether an object of a type says that something went wrong.</summary>
    public static bool IsException(TypeReference type) =>
        type.Name.EndsWith("Exception", StringComparison.Ordinal);
}

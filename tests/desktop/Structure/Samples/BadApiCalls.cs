using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Threading;

namespace EdgeBroker.Tests.Desktop.Structure.Samples;

/// <summary>Members and types that the desktop has and the device has not.</summary>
internal static class BadApiCalls
{
    [ThreadStatic]
    public static int Marked = 1;

    public static void Resize(int[] items) => Array.Resize(ref items, 4);

    public static string Join(string[] items) => string.Join(",", items);

    public static bool WaitOne(WaitHandle handle) => handle.WaitOne(3);

    public static int TickCount() => Environment.TickCount;

    public static int Max(int a, int b) => Math.Max(a, b);

    public static void Pulse(object gate) => Monitor.Pulse(gate);

    public static decimal Decimal(decimal a) => a;

    public static int List(List<int> items) => items.Count;

    public static bool Parameter(HttpClient client) => client == null;

    public static nint Field() => IntPtr.Zero;
}

using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Net.Sockets;
using System.Threading.Tasks;

namespace EdgeBroker.Tests.Desktop.Structure.Samples;

// What is declared here is looked at and never run.
#pragma warning disable CS0169, CS0649
/// <summary>One member for each thing that shared code may not do.</summary>
internal sealed class BadConstructs
{
    [ThreadStatic]
    private static int _perThread;
    private static readonly ArrayList _items = [];

    private readonly List<int> _list;
    private readonly int[,] _grid;
    private readonly Socket _socket;
    private volatile int _flag;

    private interface IDefault
    {
        int Speak() => 1;
    }

    public static void GenericMethod<T>(T[] items) => Array.Reverse((Array)items);

    public static void CallsGeneric(int[] items) => GenericMethod(items);

    public static int ReadsGrid(int[,] grid) => grid[1, 2];

    public static unsafe void TakesPointer(byte* start) => *start = 1;

    public static unsafe void Fixes(byte[] buffer)
    {
        fixed (byte* start = buffer)
        {
            *start = 1;
        }
    }

    public static unsafe int CallsPointer(delegate*<int> function) => function();

    public static int Adds(int a, int b) => checked(a + b);

    public static byte Converts(int a) => checked((byte)a);

    public static unsafe int Stacks(int i)
    {
        int* items = stackalloc int[4];
        return items[i];
    }

    public static Type Refers(int a)
    {
        TypedReference reference = __makeref(a);
        return __reftype(reference);
    }

    public static async Task Waits() => await Task.Yield();

    public static IEnumerable Counts()
    {
        yield return "one";
    }

    public static decimal Prices(decimal a) => a * 2;

    public static int Spans(ReadOnlySpan<byte> bytes) => bytes.Length;

    public static int? Maybe(int a) => a > 0 ? a : null;

    public static void Refuses(int a)
    {
        if (a > 0)
        {
            throw new ArgumentException("bad input");
        }
    }

    public static object MakesObject() => new();

    public static byte[] MakesArray() => new byte[4];

    public static Action MakesDelegate(BadConstructs target) => target.Locks;

    public static Exception MakesUnthrown() => new();

    public static object Boxes(int a) => a;

    public static string Joins(string a, string b) => a + b;

    public static string Formats(string a) => string.Format("{0}", a);

    public static string Interpolates(int a) => $"a is {a:x}";

    public static int Enumerates()
    {
        int count = 0;
        foreach (object item in _items)
        {
            count += item == null ? 0 : 1;
        }

        return count;
    }

    public static long Clock() => DateTime.UtcNow.Ticks;

    public static long Ticks() => Environment.TickCount64;

    public static int Dice(Random random) => random.Next();

    public static void Prints() => Console.WriteLine();

    public static byte[] Reads(string path) => File.ReadAllBytes(path);

    public int ReadsVolatile() => _flag;

    public void Locks()
    {
        lock (this)
        {
            _flag = 1;
        }
    }

    public static void RefusesByHelper(int a)
    {
        if (a < 0)
        {
            Refuse();
        }
    }

    private static void Refuse() => throw new ArgumentException("bad input");

    private struct Struct
    {
        public int A;
    }

    private sealed class GenericType<T>
    {
        public T A;
    }
}

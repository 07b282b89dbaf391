using System;
using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Threading;

namespace EdgeBroker.Simulator.Cost;

/// <summary>
/// Bytes of an object on the device's heap: 12 for itself and 12 for each field, arrays and texts
/// in blocks of 12.
/// </summary>
public static class DeviceSizes
{
    /// <summary>Bytes of a block of the heap.</summary>
    public const int Block = 12;

    private const int FieldsOfOthers = 4;
    private const int BlocksOfThread = 64;

    private static readonly ConcurrentDictionary<Type, int> _sizes = [];

    /// <summary>Bytes of an object; one of the class library is taken to have four fields.
    /// </summary>
    public static int Of(object made) => made switch
    {
        string text => Rounded(Block + Encoding.UTF8.GetByteCount(text) + 1),
        Array array => Rounded(
            Block + (array.Length * OfElement(array.GetType().GetElementType()!))),
        Thread => BlocksOfThread * Block,
        _ => _sizes.GetOrAdd(made.GetType(), OfType),
    };

    private static int OfElement(Type element) => Type.GetTypeCode(element) switch
    {
        TypeCode.Boolean or TypeCode.Byte or TypeCode.SByte => 1,
        TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Char => 2,
        TypeCode.Int32 or TypeCode.UInt32 => 4,
        TypeCode.Int64 or TypeCode.UInt64 => 8,
        _ => Block,
    };

    private static int OfType(Type type)
    {
        int fields = 0;
        for (Type at = type; at != typeof(object); at = at.BaseType!)
        {
            fields += at.GetFields(BindingFlags.Instance | BindingFlags.Public
                | BindingFlags.NonPublic | BindingFlags.DeclaredOnly).Length;
        }

        bool isOwn = type.FullName!.StartsWith("EdgeBroker", StringComparison.Ordinal);
        return Block + (Block * (isOwn ? fields : FieldsOfOthers));
    }

    private static int Rounded(int bytes) => (bytes + Block - 1) / Block * Block;
}

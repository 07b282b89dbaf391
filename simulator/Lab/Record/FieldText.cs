using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Reflection;

namespace EdgeBroker.Simulator.Lab.Record;

/// <summary>
/// Public fields by name and value. A recording names its limits and settings, so that a program
/// that has others says which.
/// </summary>
internal static class FieldText
{
    private const int MostFields = 200;

    /// <summary>Writes all fields of an object.</summary>
    public static void Write(BinaryWriter to, object from)
    {
        FieldInfo[] fields = FieldsOf(from);
        to.Write7BitEncodedInt(fields.Length);
        foreach (FieldInfo field in fields)
        {
            to.Write(field.Name);
            to.Write(Convert.ToString(field.GetValue(from), CultureInfo.InvariantCulture)!);
        }
    }

    /// <summary>Sets the fields of an object to what was written.</summary>
    /// <exception cref="InvalidDataException">The fields are not those of the object.</exception>
    public static void Read(BinaryReader from, object to)
    {
        Dictionary<string, FieldInfo> fields = FieldsOf(to).ToDictionary(field => field.Name);
        int count = from.Read7BitEncodedInt();
        for (int i = 0; i < Math.Min(count, MostFields); i++)
        {
            string name = from.ReadString();
            string text = from.ReadString();
            if (!fields.Remove(name, out FieldInfo? field))
            {
                throw Other($"has {name}, which this program does not have");
            }

            try
            {
                field.SetValue(to, Value(field.FieldType, text));
            }
            catch (Exception e) when (e is FormatException or OverflowException
                or ArgumentException)
            {
                throw Other($"has a {name} that this program does not take");
            }
        }

        if (fields.Count > 0)
        {
            throw Other($"lacks {fields.Keys.First()}, which this program has");
        }
    }

    /// <summary>Sets the fields of an object to those of another one.</summary>
    public static void Copy<T>(T from, T to)
        where T : class
    {
        foreach (FieldInfo field in FieldsOf(from))
        {
            field.SetValue(to, field.GetValue(from));
        }
    }

    private static object Value(Type type, string text) => type.IsEnum
        ? Enum.Parse(type, text)
        : Convert.ChangeType(text, type, CultureInfo.InvariantCulture);

    private static FieldInfo[] FieldsOf(object owner) =>
        owner.GetType().GetFields(BindingFlags.Public | BindingFlags.Instance);

    private static InvalidDataException Other(string what) => new(
        $"it {what}: play it with the version of EdgeBroker that recorded it");
}

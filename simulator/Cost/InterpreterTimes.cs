using System;

namespace EdgeBroker.Simulator.Cost;

/// <summary>
/// Nanoseconds on the interpreter of .NET nanoFramework 1.17, built for a PC and measured there
/// with small loops, November 2026. Each is what a kind of work adds to the instructions that it
/// consists of. Sockets are not in it: what lwIP and Wi-Fi do comes on top.
/// </summary>
public static class InterpreterTimes
{
    /// <summary>
    /// A turn of an empty loop is seven instructions and takes 22; single ones take 2.5 to 4.
    /// </summary>
    private const double Instruction = 22 / 7.0;

    /// <summary>`this.field++` is six instructions with two fields and takes 30.</summary>
    private const double Field = (30 - (6 * Instruction)) / 2;

    /// <summary>An element takes 10 to 14 with a local array, 23 to 32 with a static one.</summary>
    private const double StaticField = 27.5 - 12;

    /// <summary>Three instructions and one element take 10 to 14.</summary>
    private const double Element = 12 - (3 * Instruction);

    /// <summary>
    /// A call of `int M(int)` takes 40, as an instance method 41. Four instructions are the call,
    /// what it is given and the way back.
    /// </summary>
    private const double Call = 40.5 - (4 * Instruction);

    private const double VirtualCall = 47 - (4 * Instruction);
    private const double InterfaceCall = 69 - (4 * Instruction);

    /// <summary>100 to 160; Array.Copy of 8 bytes 148, of 1,024 bytes 164.</summary>
    private const double NativeCall = 148 - (6 * Instruction);

    /// <summary>120 to 150 with three fields, of which a call is the constructor.</summary>
    private const double NewObject = 135 - 40.5;

    /// <summary>A `byte[16]` takes 50.</summary>
    private const double NewArray = 50 - (2 * Instruction);

    /// <summary>Nanoseconds of one.</summary>
    public static double Of(WorkKind kind) => kind switch
    {
        WorkKind.Instruction => Instruction,
        WorkKind.Field => Field,
        WorkKind.StaticField => StaticField,
        WorkKind.Element => Element,
        WorkKind.Call => Call,
        WorkKind.VirtualCall => VirtualCall,
        WorkKind.InterfaceCall => InterfaceCall,
        WorkKind.NativeCall => NativeCall,
        WorkKind.NewObject => NewObject,
        WorkKind.NewArray => NewArray,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}

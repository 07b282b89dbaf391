using System;
using EdgeBroker.Boards;

namespace EdgeBroker.Simulator.Cost;

/// <summary>
/// How many times slower than the PC of InterpreterTimes a board is. It is said that an ESP32 with
/// its 240 MHz is 60 to 180 times slower. Boards with 160 MHz are taken to be slower by their
/// clock. Nothing of this was measured on a board.
/// </summary>
/// <param name="Megahertz">The clock of the chip.</param>
public sealed record BoardSpeed(int Megahertz)
{
    private const int Usual = 240;
    private const int LeastFactor = 60;
    private const int MostFactor = 180;

    /// <summary>The chips with another clock than the classic ESP32, by parts of the target.
    /// </summary>
    private static readonly (string Part, int Megahertz)[] _others =
        [("_C3", 160), ("_C6", 160)];

    /// <summary>All speeds of boards, the fastest first.</summary>
    public static BoardSpeed[] All { get; } = [new(Usual), new(160)];

    /// <summary>The least factor.</summary>
    public double Least => (double)LeastFactor * Usual / Megahertz;

    /// <summary>The greatest factor.</summary>
    public double Most => (double)MostFactor * Usual / Megahertz;

    /// <summary>The speed of a board.</summary>
    public static BoardSpeed Of(BoardProfile board)
    {
        foreach ((string part, int megahertz) in _others)
        {
            if (board.Target.Contains(part, StringComparison.Ordinal))
            {
                return new BoardSpeed(megahertz);
            }
        }

        return new BoardSpeed(Usual);
    }
}

using System;
using EdgeBroker.Boards;
using EdgeBroker.Broker;
using nanoFramework.Hardware.Esp32;
using NativeGC = nanoFramework.Runtime.Native.GC;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// What the program is going to take from the heap, line by line, before it takes it. Counted
    /// with the block sizes of the board's runtime.
    /// </summary>
    public sealed class BootLedger
    {
        /// <summary>Bytes of an accepted socket on the nanoCLR's managed heap.</summary>
        public const int SocketBytes = 120;

        /// <summary>
        /// What stays free for calls, for stack frames lie on the heap too, each in one piece: the
        /// deepest calls of loop and watchdog at once, which a test computes, less the frames of
        /// Boot and of the sleeping watchdog, which are there already.
        /// </summary>
        public const int ReserveBytes = 5364;

        /// <summary>Bytes of set-up page and DHCP server, with a socket for a browser.</summary>
        public const int PageBytes = 3240;

        private const int ObjectBytes = 2200;

        private readonly MemoryLedger _standard;
        private readonly DeviceConfig _config;
        private MemoryLedger _lines;

        /// <summary>Bytes that are free now.</summary>
        public readonly long FreeBytes;

        /// <param name="config">Tells board and limits.</param>
        /// <param name="target">What the runtime calls the board.</param>
        public BootLedger(DeviceConfig config, string target)
        {
            _config = config;
            FreeBytes = NativeGC.Run(true);
            _lines = LinesOf(config.Board);
            _standard = LinesWithPage(AllBoards.ForTarget(target));
        }

        /// <summary>Bytes left when all was taken; negative if it does not fit.</summary>
        public long LeftBytes()
        {
            return FreeBytes - _lines.TotalBytes();
        }

        /// <summary>
        /// The line that keeps it from fitting: the one that exceeds what the board's profile has
        /// for it by most; the largest when none does.
        /// </summary>
        public string LimitingLine()
        {
            int worst = 0;
            int largest = 0;
            for (int i = 0; i < _lines.Count; i++)
            {
                if (Excess(i) > Excess(worst))
                {
                    worst = i;
                }

                if (_lines.Bytes[i] > _lines.Bytes[largest])
                {
                    largest = i;
                }
            }

            return _lines.Names[Excess(worst) > 0 ? worst : largest];
        }

        private void Print()
        {
            BoardProfile board = _config.Board;
            Console.WriteLine("memory of " + board.Name + " (" + board.Target + "), bytes:");
            for (int i = 0; i < _lines.Count; i++)
            {
                Print(_lines.Names[i], _lines.Bytes[i]);
            }

            Print("total", _lines.TotalBytes());
            Print("heap region of the board", board.HeapBytes);
            Console.WriteLine("  (" + board.HeapSource + ")");
            Print("free now", FreeBytes);
            Print("left", LeftBytes());

            // From this lwIP takes what is not acknowledged. There is never enough for everybody
            // to stand still at once, so it is shared out while the program runs.
            NativeMemory.GetMemoryInfo(NativeMemory.MemoryType.Internal,
                out uint _, out uint free, out uint block);
            Print("native heap, free now", free);
            Print("largest piece of it", block);
            Print("clients it lets stand still", free / BrokerLoop.NativePerClient);
        }

        /// <summary>
        /// Prints it, and whether it fits; if not, names the line to blame. Where the profile's
        /// own limits do not fit, the smallest are tried: nobody has measured each board.
        /// </summary>
        public bool Fits()
        {
            Print();
            if (LeftBytes() >= 0)
            {
                return true;
            }

            Console.WriteLine("does not fit: " + (-LeftBytes()).ToString()
                + " bytes too many, limited by: " + LimitingLine());
            if (_config.ServesPage && TakeFromMessages())
            {
                return true;
            }

            if (!_config.ServesPage && _lines.TotalBytes() > _standard.TotalBytes())
            {
                return false; // Whoever stated limits wants to know.
            }

            _config.Board = AllBoards.Smallest(_config.Board.Target);
            _config.TraceSize = 0;
            _config.Error = "less heap than the profile says: the smallest limits hold";
            _lines = LinesOf(_config.Board);
            if (_config.ServesPage)
            {
                LimitsFit.LeaveSockets(_config.Board);
                return TakeFromMessages();
            }

            Print();
            return LeftBytes() >= 0;
        }

        private long Excess(int line)
        {
            return _lines.Bytes[line] - _standard.Bytes[line];
        }

        /// <summary>What the set-up page needs is taken from the message memory.</summary>
        /// <returns>Whether that was enough.</returns>
        private bool TakeFromMessages()
        {
            BrokerLimits limits = _config.Board.Limits;
            _lines = LinesOf(_config.Board);
            if (LeftBytes() < 0)
            {
                limits.MessageBlocks += (int)LeftBytes() / limits.MessageBlockSize - 1;
                _lines = LinesOf(_config.Board);
            }

            Print();
            try
            {
                limits.Validate();
                return LeftBytes() >= 0;
            }
            catch (ArgumentException)
            {
                return false; // Not even the longest message would fit.
            }
        }

        private MemoryLedger LinesOf(BoardProfile board)
        {
            MemoryLedger lines = LinesWithPage(board);
            if (_config.TraceSize > 0)
            {
                lines.Add("trace", TraceDump.BytesFor(_config.TraceSize, board.Limits));
            }

            return lines;
        }

        private MemoryLedger LinesWithPage(BoardProfile board)
        {
            MemoryLedger lines = Lines(board);
            if (_config.ServesPage)
            {
                lines.Add("set-up page and DHCP server", PageBytes);
            }

            return lines;
        }

        /// <summary>The lines of a board, the reserve last.</summary>
        public static MemoryLedger Lines(BoardProfile board)
        {
            BrokerLimits limits = board.Limits;
            var lines = new MemoryLedger(limits);
            lines.Add("sockets", (long)limits.Slots() * (SocketBytes + 12));
            lines.Add("receive and transmit buffer",
                MemoryLedger.Raw(BrokerLoop.BufferSize(limits)));
            lines.Add("firmware objects", ObjectBytes);
            lines.Add("reserve", ReserveBytes);
            return lines;
        }

        private static void Print(string name, long bytes)
        {
            Console.WriteLine("  " + name.PadRight(30, ' ') + bytes.ToString().PadLeft(8, ' '));
        }
    }
}

using System;
using System.IO;
using System.Threading;
using nanoFramework.Runtime.Native;
using NativeGC = nanoFramework.Runtime.Native.GC;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// Reboots the device and keeps the reason where the next boot finds it, with a count of the
    /// starts in a row that were short. There is no wall clock before SNTP, so short means that
    /// the start ended before Settle: the count is written at the start and taken back by Settle.
    /// That is a small file written at each start and at each reboot, and deleted once a start.
    /// </summary>
    public sealed class RebootNote
    {
        /// <summary>Short starts in a row after which the board starts in safe mode.</summary>
        public const int MostShortStarts = 3;

        private const string FileName = "reboot.txt";
        private const int MostLetters = 100;
        private const int MostCounted = 9;
        private const int Tries = 3;
        private const string Unknown = "power on or reset";

        private readonly string _path;
        private int _count;

        /// <summary>Has the last packets written before a reboot, or null.</summary>
        public TraceDump Trace;

        /// <summary>Why the device was last rebooted, up to 100 letters.</summary>
        public readonly string Last = Unknown;

        /// <summary>Starts just before this one that were short, up to 9.</summary>
        public readonly int ShortStarts;

        /// <summary>Reads what was left, and counts this start.</summary>
        public RebootNote(Surroundings where)
        {
            _path = where.StorageRoot + FileName;
            try
            {
                string text = File.Exists(_path) ? File.ReadAllText(_path) : "";
                if (text.Length > 0 && text[0] >= '0' && text[0] <= '9')
                {
                    _count = text[0] - '0';
                    text = text.Substring(1);
                }

                if (text.Length > 0)
                {
                    Last = text.Length > MostLetters ? text.Substring(0, MostLetters) : text;
                }
            }
            catch (Exception)
            {
                // Without internal storage there is no reason to tell.
            }

            ShortStarts = _count;
            if (_count < MostCounted)
            {
                _count++;
            }

            Write("");
        }

        /// <summary>Whether the board is to start with its defaults.</summary>
        public bool IsSafeMode()
        {
            return ShortStarts >= MostShortStarts;
        }

        /// <summary>This start is none of the short ones, for it lasted.</summary>
        public void Settle()
        {
            _count = 0;
            try
            {
                File.Delete(_path);
            }
            catch (Exception)
            {
                // At worst safe mode comes too early.
            }
        }

        /// <summary>Leaves the reason and reboots.</summary>
        /// <param name="reason">The next boot tells its first 100 letters.</param>
        public void Reboot(string reason)
        {
            Write(reason);
            Trace?.WriteAll(reason, Environment.TickCount64);
            try
            {
                Console.WriteLine("reboot: " + reason);
            }
            catch (Exception)
            {
                // No memory.
            }

            Power.RebootDevice(RebootOption.NormalReboot);
        }

        /// <summary>Never throws: rebooting matters more than the reason.</summary>
        private void Write(string reason)
        {
            for (int i = 0; i < Tries; i++)
            {
                try
                {
                    NativeGC.Run(true);
                    File.WriteAllText(_path, _count.ToString() + reason);
                    return;
                }
                catch (Exception)
                {
                    // No storage, or no memory: another thread may give some back.
                    Thread.Sleep(1);
                }
            }
        }
    }
}

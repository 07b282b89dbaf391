using System;
using System.IO;
using nanoFramework.Runtime.Native;

namespace EdgeBroker.Firmware
{
    /// <summary>Reboots the device and keeps the reason where the next boot finds it.</summary>
    public sealed class RebootNote
    {
        private const string FileName = "reboot.txt";
        private const int MostLetters = 100;
        private const string Unknown = "power on or reset";

        private readonly string _path;

        /// <summary>Why the device was last rebooted, up to 100 letters.</summary>
        public readonly string Last;

        /// <summary>Reads the reason that was left, and removes it.</summary>
        public RebootNote(Surroundings where)
        {
            _path = where.StorageRoot + FileName;
            Last = Unknown;
            try
            {
                if (File.Exists(_path))
                {
                    string text = File.ReadAllText(_path);
                    Last = text.Length > MostLetters ? text.Substring(0, MostLetters) : text;
                    File.Delete(_path);
                }
            }
            catch (Exception)
            {
                // Without internal storage there is no reason to tell.
            }
        }

        /// <summary>Leaves the reason and reboots.</summary>
        /// <param name="reason">The next boot tells its first 100 letters.</param>
        public void Reboot(string reason)
        {
            Console.WriteLine("reboot: " + reason);
            try
            {
                File.WriteAllText(_path, reason);
            }
            catch (Exception)
            {
                // Rebooting matters more than the reason.
            }

            Power.RebootDevice(RebootOption.NormalReboot);
        }
    }
}

using System;
using EdgeBroker.Boards;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// What the device was told, or safe defaults: the limits of its board and the settings of
    /// mosquitto. A board that does not start is worse than one that ignores a bad file and says
    /// so, under $SYS/broker/config/error and on the console.
    /// </summary>
    public sealed class DeviceConfig
    {
        /// <summary>The file in internal storage.</summary>
        public const string FileName = "edgebroker.conf";

        /// <summary>The port of MQTT.</summary>
        public const int DefaultPort = 1883;

        /// <summary>The board with the limits that hold; the ledger may put smaller ones.</summary>
        public BoardProfile Board;

        /// <summary>Behaviour of the core.</summary>
        public readonly BrokerSettings Settings;

        /// <summary>Port to listen on; 0 takes a free one.</summary>
        public int Port = DefaultPort;

        /// <summary>Whether clients may connect; there are no passwords yet.</summary>
        public bool AllowAnonymous = true;

        /// <summary>Bytes for the last packet headers, see TraceRing; 0 keeps none.</summary>
        public int TraceSize;

        /// <summary>Whether the set-up page is served besides until the next start.</summary>
        public bool ServesPage;

        /// <summary>What is wrong with the file, up to 100 letters, or null.</summary>
        public string Error;

        /// <summary>Makes the defaults of a board.</summary>
        /// <param name="target">What the runtime calls the board.</param>
        public DeviceConfig(string target)
        {
            Board = AllBoards.ForTarget(target);
            Settings = new BrokerSettings();
        }

        /// <summary>What holds for this start.</summary>
        /// <param name="isSafeMode">Whether the last starts were short.</param>
        /// <param name="target">What the runtime calls the board.</param>
        /// <param name="where">Tells the storage.</param>
        public static DeviceConfig Choose(bool isSafeMode, string target, Surroundings where)
        {
            DeviceConfig config = isSafeMode ? Safe(target, where) : Load(target, where);
            config.ServesPage = isSafeMode || AccessPoint.IsEnabled() || !Credentials.AreThere();
            if (config.ServesPage)
            {
                LimitsFit.LeaveSockets(config.Board);
            }

            return config;
        }

        /// <summary>The defaults of a board whose last starts were short.</summary>
        /// <param name="target">What the runtime calls the board.</param>
        /// <param name="where">Tells the storage.</param>
        /// <returns>The defaults, closed to strangers if the file is or cannot be read.</returns>
        public static DeviceConfig Safe(string target, Surroundings where)
        {
            var defaults = new DeviceConfig(target);
            defaults.Error = "safe mode, the file is not in use";
            defaults.AllowAnonymous = false;
            try
            {
                var reader = new ConfigReader(new DeviceConfig(target));
                reader.ReadFile(where.StorageRoot + FileName);
                defaults.AllowAnonymous = !reader.LocksOut;
            }
            catch (Exception)
            {
                // The file may be what made the starts short.
            }

            return defaults;
        }

        /// <summary>Reads the file of a board.</summary>
        /// <param name="target">What the runtime calls the board.</param>
        /// <param name="where">Tells the storage.</param>
        /// <returns>What the file says; the defaults with Error when it has an error.</returns>
        public static DeviceConfig Load(string target, Surroundings where)
        {
            var config = new DeviceConfig(target);
            var reader = new ConfigReader(config);
            string error = reader.ReadFile(where.StorageRoot + FileName);
            if (error == null)
            {
                return config;
            }

            var defaults = new DeviceConfig(target);
            defaults.Error = error;

            // Who locked strangers out must not let them in by a typing error.
            defaults.AllowAnonymous = !reader.LocksOut;
            return defaults;
        }
    }
}

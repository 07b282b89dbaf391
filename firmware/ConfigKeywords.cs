using System.Text;
using EdgeBroker.Broker;

namespace EdgeBroker.Firmware
{
    /// <summary>
    /// The keywords of the configuration file: those of mosquitto.conf and of the desktop, with
    /// the same units, in the ranges of a board.
    /// </summary>
    public sealed class ConfigKeywords
    {
        private const int DaySeconds = 86400;
        private const int MostBytes = 4 * 1024 * 1024;
        private const int MostEntries = 10000;
        private const int MostPrefixBytes = 15;
        private const int MostTraceBytes = 8192;

        private readonly DeviceConfig _config;
        private string _error;

        /// <param name="config">Takes the values.</param>
        public ConfigKeywords(DeviceConfig config)
        {
            _config = config;
        }

        /// <summary>Puts the value of a keyword where it belongs.</summary>
        /// <returns>Null, or what is wrong.</returns>
        public string Apply(string keyword, string value)
        {
            _error = null;
            if (!ApplyLimit(keyword, value) && !ApplySetting(keyword, value))
            {
                _error = "unknown keyword";
            }

            return _error == null ? null : keyword + ": " + _error;
        }

        private bool ApplyLimit(string keyword, string value)
        {
            BrokerLimits limits = _config.Board.Limits;
            switch (keyword)
            {
                case "max_connections":
                    limits.MaxConnections = Number(value, 1, 64);
                    return true;
                case "max_packet_size":
                    limits.MaxPacketSize = Number(value, 64, MostBytes);
                    return true;
                case "max_connect_size":
                    limits.MaxConnectSize = Number(value, 64, MostBytes);
                    return true;
                case "max_connect_rate":
                    limits.MaxConnectRate = Number(value, 0, MostEntries);
                    return true;
                case "max_clientid_length":
                    limits.MaxClientIdLength = Number(value, 23, 65535);
                    return true;
                case "max_subscriptions":
                    limits.MaxSubscriptions = Number(value, 1, MostEntries);
                    return true;
                case "max_subscriptions_per_client":
                    limits.MaxSubscriptionsPerClient = Number(value, 1, MostEntries);
                    return true;
                case "max_filters_per_packet":
                    limits.MaxFiltersPerPacket = Number(value, 1, MostEntries);
                    return true;
                case "max_topic_length":
                    limits.MaxTopicLength = Number(value, 1, 65535);
                    return true;
                case "max_topic_levels":
                    limits.MaxTopicLevels = Number(value, 1, 255);
                    return true;
                case "max_queued_messages":
                    limits.MaxQueuedMessages = Number(value, 1, MostEntries);
                    return true;
                case "max_queued_bytes":
                    limits.MaxQueuedBytes = Number(value, 64, MostBytes);
                    return true;
                case "max_retained_messages":
                    limits.MaxRetainedMessages = Number(value, 0, MostEntries);
                    return true;
                case "max_retained_bytes":
                    limits.MaxRetainedBytes = Number(value, 0, MostBytes);
                    return true;
                case "memory_limit":
                    limits.MessageBlocks = Number(value, 1024, MostBytes) / limits.MessageBlockSize;
                    return true;
                default:
                    return false;
            }
        }

        private bool ApplySetting(string keyword, string value)
        {
            BrokerSettings settings = _config.Settings;
            switch (keyword)
            {
                case "port":
                    _config.Port = Number(value, 0, 65535);
                    return true;
                case "allow_anonymous":
                    _config.AllowAnonymous = Flag(value);
                    return true;
                case "max_qos":
                    settings.MaxQos = (byte)Number(value, 0, 1);
                    return true;
                case "max_keepalive":
                    settings.MaxKeepAliveS = Number(value, 0, 65535);
                    return true;
                case "retain_available":
                    settings.RetainAvailable = Flag(value);
                    return true;
                case "allow_zero_length_clientid":
                    settings.AllowZeroLengthClientId = Flag(value);
                    return true;
                case "auto_id_prefix":
                    settings.ClientIdPrefix = value;
                    Check(Encoding.UTF8.GetBytes(value).Length <= MostPrefixBytes,
                        "must be 1 to 15 bytes");
                    return true;
                case "sys_interval":
                    settings.SysIntervalS = Number(value, 0, DaySeconds);
                    return true;
                case "connect_timeout":
                    settings.ConnectTimeoutMs = Number(value, 1, DaySeconds) * 1000;
                    return true;
                case "packet_timeout":
                    settings.PacketTimeoutMs = Number(value, 1, DaySeconds) * 1000;
                    return true;
                case "trace_size":
                    _config.TraceSize = Number(value, 0, MostTraceBytes);
                    return true;
                case "queue_full_policy":
                    settings.QueueFullPolicy = Policy(value);
                    return true;
                case "queue_full_deadline":
                    settings.QueueFullDeadlineMs = Number(value, 1, DaySeconds) * 1000;
                    return true;
                case "slow_grace":
                    settings.SlowGraceMs = Number(value, 0, 60000);
                    return true;
                case "persistence":
                    Check(value == "false", "must be false");
                    return true;
                default:
                    return false;
            }
        }

        private int Number(string value, int least, int most)
        {
            int number;
            if (int.TryParse(value, out number) && number >= least && number <= most)
            {
                return number;
            }

            _error = "must be " + least.ToString() + " to " + most.ToString();
            return least;
        }

        private bool Flag(string value)
        {
            Check(value == "true" || value == "false", "must be true or false");
            return value == "true";
        }

        private QueueFullPolicy Policy(string value)
        {
            if (value == "drop_oldest")
            {
                return QueueFullPolicy.DropOldest;
            }

            if (value == "disconnect")
            {
                return QueueFullPolicy.Disconnect;
            }

            Check(value == "drop_newest", "must be drop_newest, drop_oldest or disconnect");
            return QueueFullPolicy.DropNewest;
        }

        private void Check(bool isRight, string otherwise)
        {
            if (!isRight)
            {
                _error = otherwise;
            }
        }
    }
}

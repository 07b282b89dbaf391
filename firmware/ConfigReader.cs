using System;
using System.IO;
using System.Text;
using EdgeBroker.Boards;

namespace EdgeBroker.Firmware
{
    /// <summary>Reads a configuration file in the form of mosquitto.conf.</summary>
    public sealed class ConfigReader
    {
        private const int MostBytes = 4096;
        private const int MostLineBytes = 200;
        private const int MostLetters = 100;
        private const char ByteOrderMark = '\uFEFF';

        private readonly DeviceConfig _config;
        private readonly ConfigKeywords _keywords;

        /// <summary>
        /// Whether a line about allow_anonymous said anything but true, or was perhaps not seen.
        /// </summary>
        public bool LocksOut;

        /// <param name="config">Takes what the file says.</param>
        public ConfigReader(DeviceConfig config)
        {
            _config = config;
            _keywords = new ConfigKeywords(config);
        }

        /// <summary>Reads a file of up to 4 KB.</summary>
        /// <returns>Null, also when there is no file; or what is wrong.</returns>
        public string ReadFile(string path)
        {
            try
            {
                if (!File.Exists(path))
                {
                    return null;
                }

                FileStream stream = File.OpenRead(path);
                int length = (int)stream.Length;
                byte[] bytes = new byte[length > MostBytes ? 0 : length];
                int got = bytes.Length == 0 ? 0 : stream.Read(bytes, 0, bytes.Length);
                stream.Close();
                if (length > MostBytes)
                {
                    LocksOut = true;
                    return "the file is larger than 4096 bytes; until it is smaller nobody may"
                        + " connect";
                }

                string error = ReadLines(bytes, got);
                return error == null ? Agree() : error;
            }
            catch (Exception e)
            {
                LocksOut = true;
                return Cut("the file cannot be read, so nobody may connect: " + e.Message);
            }
        }

        /// <summary>Reads line by line: all at once would not fit the smallest heap.</summary>
        /// <returns>Null, or the first error with its line number, up to 100 letters.</returns>
        private string ReadLines(byte[] bytes, int length)
        {
            string error = null;
            int at = 0;
            for (int number = 1; at < length; number++)
            {
                int end = at;
                while (end < length && bytes[end] != '\n')
                {
                    end++;
                }

                string wrong = ReadLine(bytes, at, end - at);
                if (wrong != null && error == null)
                {
                    error = Cut("line " + number.ToString() + ": " + wrong);
                }

                at = end + 1;
            }

            return error;
        }

        private string ReadLine(byte[] bytes, int at, int length)
        {
            bool isLong = length > MostLineBytes;
            string line = Encoding.UTF8.GetString(bytes, at, isLong ? MostLineBytes : length)
                .Trim(new char[] { ' ', '\t', '\r', ByteOrderMark });
            if (line.Length > 0 && line[0] == '#')
            {
                return null;
            }

            if (isLong)
            {
                LocksOut = true;
                return "longer than 200 bytes";
            }

            return line.Length == 0 ? null : Apply(line);
        }

        private string Apply(string line)
        {
            int end = line.IndexOfAny(new char[] { ' ', '\t' });
            string keyword = end < 0 ? line : line.Substring(0, end);
            string value = end < 0 ? "" : line.Substring(end).Trim(new char[] { ' ', '\t' });
            if (keyword == "allow_anonymous" && value != "true")
            {
                LocksOut = true;
            }

            return value.Length == 0
                ? keyword + " needs a value"
                : _keywords.Apply(keyword, value);
        }

        /// <summary>Makes what was not stated follow, and checks the whole.</summary>
        private string Agree()
        {
            try
            {
                LimitsFit.Adapt(_config.Board.Limits,
                    AllBoards.ForTarget(_config.Board.Target).Limits);
                _config.Board.Limits.Validate();
                _config.Settings.Validate(_config.Board.Limits);
            }
            catch (ArgumentException e)
            {
                return Cut(e.Message);
            }

            string tooLarge = LimitsFit.TooLarge(_config.Board.Limits);
            if (tooLarge != null)
            {
                return tooLarge;
            }

            int most = _config.Board.Sockets - 1;
            return _config.Board.Limits.Slots() > most
                ? "max_connections: the board has sockets for "
                    + (most - _config.Board.Limits.ConnectSlots).ToString() + " clients"
                : null;
        }

        private static string Cut(string text)
        {
            return text.Length > MostLetters ? text.Substring(0, MostLetters) : text;
        }
    }
}

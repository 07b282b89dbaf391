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
        private const int MostLetters = 100;
        private const char ByteOrderMark = '\uFEFF';

        private readonly DeviceConfig _config;
        private readonly ConfigKeywords _keywords;

        /// <summary>Whether a line about allow_anonymous said anything but true.</summary>
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
            string text;
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
                    return "the file is larger than 4096 bytes";
                }

                text = Encoding.UTF8.GetString(bytes, 0, got);
            }
            catch (Exception e)
            {
                return Cut("the file cannot be read: " + e.Message);
            }

            return ReadText(text);
        }

        /// <summary>Reads the text of a file.</summary>
        /// <returns>Null, or the first error with its line number, up to 100 letters.</returns>
        public string ReadText(string text)
        {
            string error = null;
            string[] lines = text.Split(new char[] { '\n' });
            for (int i = 0; i < lines.Length; i++)
            {
                string line = lines[i].Trim(new char[] { ' ', '\t', '\r', ByteOrderMark });
                if (line.Length == 0 || line[0] == '#')
                {
                    continue;
                }

                string wrong = ReadLine(line);
                if (wrong != null && error == null)
                {
                    error = Cut("line " + (i + 1).ToString() + ": " + wrong);
                }
            }

            return error == null ? Agree() : error;
        }

        private string ReadLine(string line)
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
                _config.Settings.Validate();
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

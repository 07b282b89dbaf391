namespace EdgeBroker.Boards
{
    /// <summary>ESP32-S3 with quad PSRAM; the LED of its DevKits is addressable.</summary>
    public static class Esp32S3
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("esp32-s3", "ESP32_S3_QUAD", 768 * 1024);
            board.HeapSource =
                "2 MB of PSRAM, the least there is, less the 1.25 MB upstream keeps";
            Sizes.Large(board.Limits);
            return board;
        }
    }
}

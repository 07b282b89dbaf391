namespace EdgeBroker.Boards
{
    /// <summary>ESP32-C6, with Bluetooth and Thread in the image.</summary>
    public static class Esp32C6
    {
        /// <summary>The profile of the board.</summary>
        public static BoardProfile Create()
        {
            var board = new BoardProfile("esp32-c6", "ESP32_C6_THREAD", 64 * 1024);
            board.HeapSource = "82,488 bytes told in 2024 (nf-interpreter 3037); less is assumed";
            return board;
        }
    }
}

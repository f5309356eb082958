"""What may not reach the public: pure rules over passages of text, each naming its article."""

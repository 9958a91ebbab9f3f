"""Tests on paper: the copies to print, the answer sheets, the key for whoever corrects."""

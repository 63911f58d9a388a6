"""Figures made of small frames. No figure reads a table or asks Streamlit for anything."""

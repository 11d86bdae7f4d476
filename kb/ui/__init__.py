"""The web app, one file a tab. Only these files and app.py import gradio."""

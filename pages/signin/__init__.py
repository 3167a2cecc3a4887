"""The door in front of Streamlit: who may pass, the sign-in form, signing out."""
